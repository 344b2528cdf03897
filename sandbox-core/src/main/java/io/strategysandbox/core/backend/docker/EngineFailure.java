package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.BackendException;
import java.util.Locale;

/** Turns what the engine's client throws into what a user can act on. */
final class EngineFailure {

    private EngineFailure() {}

    /**
     * A typed exception with the root cause and one fix.
     *
     * @param what what could not be done
     * @param thrown what the client threw
     */
    static BackendException of(String what, Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = oneLine(root);
        return new BackendException(what + ": " + reason + "; " + hint(reason.toLowerCase(Locale.ROOT)), thrown);
    }

    private static String oneLine(Throwable root) {
        String message = root.getMessage();
        String text = message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String hint(String reason) {
        if (reason.contains("permission denied")) {
            return "let this user talk to the engine: sudo usermod -aG docker \"$USER\", then log in again";
        }
        if (reason.contains("docker_cert_path")) {
            return "set DOCKER_CERT_PATH to the folder with this client's key and certificates, or unset DOCKER_TLS_VERIFY";
        }
        if (reason.contains("certif") || reason.contains("trust anchor") || reason.contains("fatal alert")) {
            return "the engine and this client do not trust each other's certificates: take ca.pem, cert.pem and key.pem"
                    + " in DOCKER_CERT_PATH from whoever runs the engine";
        }
        if (reason.contains("connection reset") || reason.contains("broken pipe")) {
            // With TLS 1.3 a server may have gone before the client reads why.
            return "the engine ended the connection: look at its log; if it speaks TLS, it may not trust this client's"
                    + " certificate: take ca.pem, cert.pem and key.pem in DOCKER_CERT_PATH from whoever runs it";
        }
        if (reason.contains("to an https server")) {
            return "the engine expects TLS: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH";
        }
        if (reason.contains("ssl message")) {
            return "no TLS is spoken there: unset DOCKER_TLS_VERIFY, or use the engine's TLS port, often 2376";
        }
        if (reason.contains("protocol scheme")) {
            return "only unix:// and tcp:// are spoken: bring an engine behind ssh here with ssh -nNT -L"
                    + " /tmp/docker.sock:/var/run/docker.sock HOST, and set DOCKER_HOST=unix:///tmp/docker.sock";
        }
        if (reason.contains("no such file") || reason.contains("connection refused") || reason.contains("connect to")) {
            return "no engine answers there: run scripts/setup_docker_sandbox.sh, or set DOCKER_HOST";
        }
        if (reason.contains("client version") || reason.contains("api version")) {
            return "the engine's API does not fit: use Docker Engine 19.03 or later";
        }
        if (reason.contains("no such image")) {
            return "the runner image is gone: run again, it is built anew";
        }
        if (reason.contains("seccomp")) {
            return "the engine refuses the seccomp profile: check that its kernel has seccomp (docker info), and"
                    + " security.seccompProfile in docker_config.yaml";
        }
        if (reason.contains("cgroup")
                || reason.contains("memory limit")
                || reason.contains("nanocpus")
                || reason.contains("cpus available")) {
            return "the engine cannot enforce a limit: check limits in docker_config.yaml and cgroups (docker info)";
        }
        if (reason.contains("unknown runtime") || reason.contains("invalid runtime")) {
            return "register the runtime at the engine, or remove security.runtime from docker_config.yaml";
        }
        if (reason.contains("no space left")) {
            return "free space at the engine: docker system df";
        }
        if (reason.contains("timed out") || reason.contains("timeout")) {
            return "the engine is too slow or hangs: look at its log, or raise engine.responseTimeout";
        }
        return "look at the engine's log, and run scripts/setup_docker_sandbox.sh --check";
    }
}
