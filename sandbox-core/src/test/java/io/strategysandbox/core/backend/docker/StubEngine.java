package io.strategysandbox.core.backend.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers like an engine, and as no real one would at will. */
final class StubEngine implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    private record Answer(int status, String body) {}

    StubEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        answer("GET /_ping", 200, "OK");
        answer("GET /version", 200, """
                {"Version":"24.0.7","ApiVersion":"1.43","MinAPIVersion":"1.12","Os":"linux","Arch":"amd64"}""");
        answer("GET /info", 200, """
                {"SystemTime":"2026-01-01T00:00:00Z","KernelVersion":"6.1","OSType":"linux"}""");
        answer("GET /containers/json", 200, "[]");
        answer("GET /images/json", 200, "[]");
    }

    /**
     * Sets an answer.
     *
     * @param request the method and the path without the version in front; the last that is set and fits, counts
     */
    StubEngine answer(String request, int status, String body) {
        synchronized (answers) {
            answers.put(request, new Answer(status, body));
        }
        return this;
    }

    String host() {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.[0-9]+", "");
        Answer answer;
        synchronized (answers) {
            answer = answers.getOrDefault(
                    exchange.getRequestMethod() + " " + path, new Answer(404, "{\"message\":\"no such thing\"}"));
        }
        exchange.getRequestBody().readAllBytes();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), answer.status() == 204 ? -1 : body.length);
        if (answer.status() != 204) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
