package io.strategysandbox.core.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Serves the figures under {@code /metrics} to whoever asks by HTTP, and nothing else. */
public final class MetricsEndpoint implements AutoCloseable {

    /** What Prometheus' text format is called. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PATH = "/metrics";

    private final HttpServer server;
    private final Supplier<String> figures;

    private MetricsEndpoint(HttpServer server, Supplier<String> figures) {
        this.server = server;
        this.figures = figures;
    }

    /**
     * Begins to serve.
     *
     * @param address the address of this machine to listen at
     * @param port the port; 0 for any that is free
     * @param figures the figures as they are at the time
     * @return the endpoint; the caller must close it
     * @throws IOException if the address or port cannot be had
     */
    public static MetricsEndpoint open(String address, int port, Supplier<String> figures) throws IOException {
        InetSocketAddress where = new InetSocketAddress(address, port);
        if (where.isUnresolved()) {
            throw new IOException("there is no address " + address);
        }
        MetricsEndpoint endpoint = new MetricsEndpoint(HttpServer.create(where, 0), figures);
        endpoint.server.createContext("/", endpoint::answer);
        endpoint.server.start();
        return endpoint;
    }

    /** {@return the port it listens at} */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] body = figures.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
                exchange.sendResponseHeaders(200, head ? -1 : body.length);
                if (!head) {
                    exchange.getResponseBody().write(body);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
