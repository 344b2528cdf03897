package io.strategysandbox.core.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The known ways out of a container that a version of runc leaves open, from runc's security advisories:
 * https://github.com/opencontainers/runc/security/advisories
 */
final class RuncEscapes {

    private static final List<String> OF_2025 = List.of("CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881");
    private static final String OF_2024 = "CVE-2024-21626";

    private static final Pattern VERSION =
            Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:[-~]rc\\.?(\\d{1,6}))?.*");

    /** What distributions put behind the version of what they build: Debian, Ubuntu, Red Hat, Fedora, SUSE, Amazon, Alpine. */
    private static final Pattern DISTRIBUTION =
            Pattern.compile(".*([+~]ds|\\+dfsg|\\+deb|ubuntu|\\.el\\d|\\.fc\\d|\\.amzn|-r\\d|lp\\d{3}|~).*");

    private RuncEscapes() {}

    /** Major, minor, patch, and the number of the release candidate, which is large for a release itself. */
    private record Parsed(int major, int minor, int patch, int candidate) {
        boolean atLeast(int otherMajor, int otherMinor, int otherPatch, int otherCandidate) {
            int[] mine = {major, minor, patch, candidate};
            int[] other = {otherMajor, otherMinor, otherPatch, otherCandidate};
            for (int i = 0; i < mine.length; i++) {
                if (mine[i] != other[i]) {
                    return mine[i] > other[i];
                }
            }
            return true;
        }

        boolean isLine(int otherMinor) {
            return major == 1 && minor == otherMinor;
        }
    }

    /**
     * What a version leaves open.
     *
     * @param version such as {@code 1.1.5+ds1}
     * @return the CVEs whose fix came with a later release; empty if the text is no version
     */
    static Optional<List<String>> open(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int candidate = matcher.group(4) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(4));
        Parsed parsed = new Parsed(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                candidate);
        List<String> open = new ArrayList<>();
        if (!parsed.atLeast(1, 1, 12, 0)) {
            open.add(OF_2024);
        }
        boolean fixed = parsed.isLine(2) && parsed.atLeast(1, 2, 8, 0)
                || parsed.isLine(3) && parsed.atLeast(1, 3, 3, 0)
                || parsed.atLeast(1, 4, 0, 3);
        if (!fixed) {
            open.addAll(OF_2025);
        }
        return Optional.of(open);
    }

    /**
     * The check of a runc.
     *
     * @param words its version, then its package's version or its commit, if they are known
     */
    static Check check(List<String> words) {
        String name = "runc";
        if (words.isEmpty()) {
            return Check.warn(
                    name, "the engine does not tell its version", "look at: runc --version, where the engine runs");
        }
        String shown = words.get(0) + (words.size() > 1 ? " (" + words.get(1) + ")" : "");
        Optional<List<String>> open = open(words.get(0));
        if (open.isEmpty()) {
            return Check.warn(
                    name,
                    shown + " is no version that is known here",
                    "look at: runc --version, where the engine runs");
        }
        if (open.get().isEmpty()) {
            return Check.ok(name, shown + ", no known escape");
        }
        String list = String.join(", ", open.get());
        if (words.stream().anyMatch(word -> DISTRIBUTION.matcher(word).matches())) {
            return Check.warn(
                    name,
                    shown + ", a distribution's build: upstream fixed " + list
                            + " in later releases, and a distribution"
                            + " brings fixes to older versions, which the version does not show",
                    "look for them where the engine runs: apt-get changelog runc | grep -o 'CVE-[0-9-]*' (Debian, Ubuntu),"
                            + " rpm -q --changelog runc (others); if one is missing, upgrade the package");
        }
        return Check.warn(
                name,
                shown + " is open to " + list,
                "upgrade runc to 1.2.8, 1.3.3, 1.4.0 or later (1.1.12 closes " + OF_2024 + " only)");
    }
}
