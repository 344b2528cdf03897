package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Signs certificates for 127.0.0.1. */
final class Authority {

    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final List<String> NEW_KEY =
            List.of("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=test");

    private final Path folder;

    private Authority(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one.
     *
     * @param folder where it keeps its key; made
     */
    static Authority in(Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(OPENSSL), () -> "no certificates can be made: no " + OPENSSL);
        Authority authority = new Authority(Files.createDirectory(folder));
        openssl(folder, NEW_KEY, "-x509", "-days", "2", "-keyout", "ca-key.pem", "-out", "ca.pem");
        Files.writeString(
                folder.resolve("extensions"), "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n");
        return authority;
    }

    Path certificate() {
        return folder.resolve("ca.pem");
    }

    /**
     * Makes a key and signs its certificate.
     *
     * @param holder a new folder: gets ca.pem, cert.pem and key.pem
     * @return the folder
     */
    Path sign(Path holder) throws IOException, InterruptedException {
        Files.createDirectory(holder);
        openssl(holder, NEW_KEY, "-keyout", "key.pem", "-out", "request");
        openssl(
                holder,
                List.of("x509", "-req", "-days", "2", "-CAcreateserial", "-in", "request", "-out", "cert.pem"),
                "-CA",
                certificate().toString(),
                "-CAkey",
                folder.resolve("ca-key.pem").toString(),
                "-extfile",
                folder.resolve("extensions").toString());
        Files.copy(certificate(), holder.resolve("ca.pem"));
        return holder;
    }

    private static void openssl(Path folder, List<String> command, String... options)
            throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(OPENSSL.toString()));
        whole.addAll(command);
        whole.addAll(List.of(options));
        Process process = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
