package io.strategysandbox.core.monitor;

import io.strategysandbox.core.config.LearningSystemConfig.Push;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Sends the figures to a Pushgateway: https://github.com/prometheus/pushgateway#api */
public final class MetricsPush {

    private MetricsPush() {}

    /**
     * Replaces the figures of the group.
     *
     * @param push where to, and the group
     * @param figures the figures in Prometheus' text format
     * @return why it did not work, and what to do; empty if it did, or if there is nowhere to send them
     * @throws InterruptedException if the thread was interrupted
     */
    public static Optional<String> push(Push push, String figures) throws InterruptedException {
        if (push.url().isEmpty()) {
            return Optional.empty();
        }
        URI target = target(push.url().get(), push);
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(push.timeout())
                .header("Content-Type", MetricsEndpoint.CONTENT_TYPE)
                .PUT(HttpRequest.BodyPublishers.ofString(figures))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(push.timeout())
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() / 100 == 2
                    ? Optional.empty()
                    : Optional.of(failure(target, "it answered " + answer.statusCode()));
        } catch (IOException e) {
            return Optional.of(failure(target, e.toString()));
        }
    }

    private static String failure(URI target, String why) {
        return "the figures could not be sent to " + target + ": " + why
                + "; check monitor.push.url in learning_system.yaml. They are in metrics.prom all the same";
    }

    /** The group's address: its labels are path segments. */
    static URI target(String url, Push push) {
        StringBuilder path = new StringBuilder(url.replaceFirst("/+$", "")).append("/metrics");
        append(path, "job", push.job());
        for (String label : push.grouping()) {
            int equals = label.indexOf('=');
            append(path, label.substring(0, equals), label.substring(equals + 1));
        }
        return URI.create(path.toString());
    }

    /** A slash cannot be in a segment, not even escaped. */
    private static void append(StringBuilder path, String name, String value) {
        if (value.contains("/")) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            path.append('/').append(name).append("@base64/");
            path.append(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        } else {
            path.append('/').append(name).append('/');
            path.append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        }
    }
}
