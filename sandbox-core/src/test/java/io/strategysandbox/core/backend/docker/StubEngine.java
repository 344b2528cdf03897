package io.strategysandbox.core.backend.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** Answers like an engine, and as no real one would at will; requests have no body. */
final class StubEngine implements AutoCloseable {

    private static final byte[] UNKNOWN = StubDaemon.http(404, "{\"message\":\"no such thing\"}");

    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Path folder = Files.createTempDirectory("stub-engine");
    private final Path socket = folder.resolve("s");
    private final StubDaemon daemon = StubDaemon.at(socket, request -> answers.getOrDefault(request, UNKNOWN));

    StubEngine() throws IOException {
        this("1.43", "1.12");
    }

    StubEngine(String api, String oldestApi) throws IOException {
        answer("GET /_ping", 200, "OK");
        answer("GET /version", 200, """
                {"Version":"24.0.7","ApiVersion":"%s","MinAPIVersion":"%s","Os":"linux","Arch":"amd64"}""".formatted(api, oldestApi));
        answer("GET /info", 200, """
                {"SystemTime":"2026-01-01T00:00:00Z","KernelVersion":"6.1","OSType":"linux"}""");
        answer("GET /containers/json", 200, "[]");
        answer("GET /images/json", 200, "[]");
    }

    /**
     * Sets an answer.
     *
     * @param request the method and the path without the version in front; the last that is set counts
     */
    void answer(String request, int status, String body) {
        answers.put(request, StubDaemon.http(status, body));
    }

    String host() {
        return "unix://" + socket;
    }

    /** What was asked. */
    Queue<String> asked() {
        return daemon.asked();
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        Files.delete(socket);
        Files.delete(folder);
    }
}
