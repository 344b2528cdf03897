package io.strategysandbox.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.strategysandbox.core.config.LearningSystemConfig.Push;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Figures on their way to others, by either way. */
class MetricsDeliveryTest {

    private final List<String> received = new ArrayList<>();

    @Test
    void theEndpointServesTheFiguresAsTheyAreAndNothingElse() throws Exception {
        StringBuilder figures = new StringBuilder("a 1\n");
        int port;
        try (MetricsEndpoint endpoint = MetricsEndpoint.open("127.0.0.1", 0, figures::toString)) {
            port = endpoint.port();
            HttpResponse<String> first = ask(port, "GET", "/metrics");
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("a 1\n");
            assertThat(first.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
            figures.append("b 2\n");
            assertThat(ask(port, "GET", "/metrics").body()).isEqualTo("a 1\nb 2\n");
            assertThat(ask(port, "HEAD", "/metrics").statusCode()).isEqualTo(200);
            assertThat(ask(port, "POST", "/metrics").statusCode()).isEqualTo(405);
            assertThat(ask(port, "GET", "/metrics/../etc").statusCode()).isEqualTo(404);
            assertThat(ask(port, "GET", "/").statusCode()).isEqualTo(404);
            assertThatThrownBy(() -> MetricsEndpoint.open("127.0.0.1", port, figures::toString))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> ask(port, "GET", "/metrics")).isInstanceOf(IOException.class);
    }

    private static HttpResponse<String> ask(int port, String method, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aGatewayGetsTheFiguresUnderTheirGroup() throws Exception {
        HttpServer gateway = gateway(202);
        try {
            assertThat(MetricsPush.push(
                            push("http://127.0.0.1:" + gateway.getAddress().getPort() + "/"), "a 1\n"))
                    .isEmpty();
        } finally {
            gateway.stop(0);
        }
        assertThat(received).containsExactly("PUT /metrics/job/nightly%20run/branch@base64/YS9i/instance/x: a 1\n");
    }

    @Test
    void aGatewayThatRefusesOrIsNotThereIsAWarningWithAFix() throws Exception {
        HttpServer gateway = gateway(400);
        String url = "http://127.0.0.1:" + gateway.getAddress().getPort();
        try {
            assertThat(MetricsPush.push(push(url), "a 1\n")).get().asString().contains("it answered 400");
        } finally {
            gateway.stop(0);
        }
        assertThat(MetricsPush.push(push(url), "a 1\n"))
                .get()
                .asString()
                .startsWith("the figures could not be sent to " + url + "/metrics/job/nightly%20run/")
                .contains("ConnectException")
                .contains("monitor.push.url");
    }

    @Test
    void withoutAGatewayNothingIsSent() throws Exception {
        assertThat(MetricsPush.push(new Push(Optional.empty(), "j", List.of(), Duration.ofSeconds(1)), "a 1\n"))
                .isEmpty();
    }

    private static Push push(String url) {
        return new Push(Optional.of(url), "nightly run", List.of("branch=a/b", "instance=x"), Duration.ofSeconds(20));
    }

    private HttpServer gateway(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + ": " + body);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
