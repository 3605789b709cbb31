package io.camelnotebook.main;

import io.camelnotebook.publish.NamedDestinations;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** The certificates that named destinations trust in, where Camel's components find them. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    /** Makes them known; files are read, and passwords looked up, only when something is sent. */
    static void bind(CamelContext context, NamedDestinations destinations) {
        for (String name : destinations.withTrustStore()) {
            KeyStoreParameters store = new KeyStoreParameters();
            store.setCamelContext(context);
            store.setResource("file:"
                    + destinations.option(name, "trustStore").orElseThrow().strip());
            destinations.option(name, "trustStorePassword").ifPresent(store::setPassword);
            TrustManagersParameters trusted = new TrustManagersParameters();
            trusted.setCamelContext(context);
            trusted.setKeyStore(store);
            SSLContextParameters parameters = new SSLContextParameters();
            parameters.setCamelContext(context);
            parameters.setTrustManagers(trusted);
            context.getRegistry().bind(NamedDestinations.trustName(name), parameters);
        }
    }
}
