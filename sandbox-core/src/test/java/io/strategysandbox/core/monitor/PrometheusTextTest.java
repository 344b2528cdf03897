package io.strategysandbox.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader that other tests rely on takes what is right and nothing else. */
class PrometheusTextTest {

    @Test
    void readsWhatTheDescriptionShows() {
        PrometheusText text = PrometheusText.parse("""
                # HELP a_total Escaped \\\\ and \\n.
                # TYPE a_total counter
                a_total{method="post",path="C:\\\\DIR\\"x\\n"} 1027 1395066363000
                # TYPE h histogram
                h_bucket{le="0.5"} 1
                h_bucket{le="+Inf"} 2
                h_sum 5.3e-2
                h_count 2
                # TYPE g gauge
                g NaN
                """);
        assertThat(text.types()).containsEntry("h", "histogram");
        assertThat(text.samples())
                .hasSize(6)
                .containsEntry("h_bucket{le=+Inf}", 2.0)
                .containsEntry("g", Double.NaN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE a gauge\na 1",
                "# TYPE a gauge\na\n",
                "# TYPE a gauge\na one\n",
                "# TYPE a gauge\n1a 1\n",
                "# TYPE a gauge\na{b=c} 1\n",
                "# TYPE a gauge\na{b=\"c} 1\n",
                "# TYPE a gauge\na{b=\"\\x\"} 1\n",
                "# TYPE a gauge\na{b=\"1\",b=\"2\"} 1\n",
                "# TYPE a gauge\na{b-c=\"1\"} 1\n",
                "# TYPE a gauge\na 1\na 2\n",
                "# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\na{c=\"1\"} 1\n",
                "# TYPE a gauge\n# TYPE a gauge\na 1\n",
                "# TYPE a gauge\n# HELP a late\na 1\n",
                "# TYPE a number\na 1\n",
                "# TYPE a counter\na 1\n",
                "# a comment\n",
                "a 1\n"
            })
    void refusesWhatIsNot(String text) {
        assertThatThrownBy(() -> PrometheusText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
