package io.strategysandbox.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.monitor.Check.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuncEscapesTest {

    @ParameterizedTest
    @CsvSource({
        "1.0.0-rc95, 4",
        "1.1.5, 4",
        "1.1.11, 4",
        "1.1.12, 3",
        "1.1.15, 3",
        "1.2.0, 3",
        "1.2.7, 3",
        "1.2.8, 0",
        "1.2.9, 0",
        "1.3.0-rc.1, 3",
        "1.3.2, 3",
        "1.3.3, 0",
        "1.4.0-rc.1, 3",
        "1.4.0-rc.2, 3",
        "1.4.0-rc.3, 0",
        "1.4.0, 0",
        "v1.5.0, 0",
        "2.0.0, 0",
        "1.10.0, 0"
    })
    void everyAdvisoryEndsWhereItSays(String version, int open) {
        assertThat(RuncEscapes.open(version).orElseThrow()).hasSize(open);
    }

    @Test
    void theOldEscapeIsNotNamedWhereItIsClosed() {
        assertThat(RuncEscapes.open("1.1.12")).contains(List.of("CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881"));
        assertThat(RuncEscapes.open("1.1.11").orElseThrow()).contains("CVE-2024-21626");
    }

    @Test
    void whatUpstreamBuiltIsOpenOrNot() {
        Check old = RuncEscapes.check(List.of("1.1.11", "v1.1.11-0-g4bccb38c"));
        assertThat(old.status()).isEqualTo(Status.WARN);
        assertThat(old.text()).contains("is open to CVE-2024-21626, CVE-2025-31133");
        assertThat(old.fix()).get().asString().contains("1.2.8, 1.3.3, 1.4.0");

        assertThat(RuncEscapes.check(List.of("1.3.3", "v1.3.3-0-gd842d771")).status())
                .isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.5+ds1, 1.1.5+ds1-1+deb12u1",
        "1.1.7-0ubuntu1~22.04.2, ''",
        "1.1.12, 1.1.12-0ubuntu2~22.04.1",
        "1.1.4-1.el9, ''",
        "1.1.9-1.fc39, ''"
    })
    void ofADistributionsBuildItSaysWhatToLookForAndNotThatItIsOpen(String version, String built) {
        Check check = RuncEscapes.check(built.isEmpty() ? List.of(version) : List.of(version, built));

        assertThat(check.text())
                .contains("a distribution's build")
                .contains("CVE-2025-31133")
                .doesNotContain("is open");
        assertThat(check.fix())
                .get()
                .asString()
                .contains("apt-get changelog runc")
                .contains("rpm -q --changelog runc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "1.1", "<unknown>"})
    void whatIsNoVersionIsNotTakenForASafeOne(String version) {
        assertThat(RuncEscapes.check(List.of(version)).status()).isEqualTo(Status.WARN);
        assertThat(RuncEscapes.check(List.of()).status()).isEqualTo(Status.WARN);
    }
}
