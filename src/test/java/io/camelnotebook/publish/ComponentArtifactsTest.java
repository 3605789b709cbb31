package io.camelnotebook.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;

class ComponentArtifactsTest {

    @Test
    void theTableIsThatOfCamelsCatalogue() throws Exception {
        DefaultCamelCatalog catalog = new DefaultCamelCatalog();
        Properties expected = new Properties();
        for (String name : catalog.findComponentNames()) {
            ComponentModel component = Objects.requireNonNull(catalog.componentModel(name));
            expected.put(component.getScheme(), component.getArtifactId());
        }
        Properties table = new Properties();
        try (InputStream in =
                Objects.requireNonNull(ComponentArtifactsTest.class.getResourceAsStream("components.properties"))) {
            table.load(in);
        }

        assertThat(table).isEqualTo(expected);
    }

    @Test
    void aSchemeThatIsNotCamelsHasNone() {
        assertThat(ComponentArtifacts.of("sftp")).contains("camel-ftp");
        assertThat(ComponentArtifacts.of("stfp")).isEmpty();
    }
}
