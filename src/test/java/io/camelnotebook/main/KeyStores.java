package io.camelnotebook.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Key stores for servers on 127.0.0.1, whose certificate nobody has signed: clients need them too, to trust in. */
final class KeyStores {

    private KeyStores() {}

    /** Writes one in PKCS #12. */
    static Path write(Path file, String password) throws Exception {
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return file;
    }
}
