package io.strategysandbox.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompProfileTest {

    private static final String GOOD = """
            {
              "defaultAction": "SCMP_ACT_ERRNO",
              "syscalls": [
                {"names": ["read"], "action": "SCMP_ACT_ALLOW"}
              ]
            }
            """;

    @TempDir
    Path folder;

    private Path profile(String text) throws IOException {
        Files.writeString(folder.resolve("docker_config.yaml"), "security: { seccompProfile: mine.json }\n");
        return Files.writeString(folder.resolve("mine.json"), text);
    }

    @Test
    void aGoodProfileIsTakenAsItIs() throws IOException {
        assertThat(SeccompProfile.read(profile(GOOD))).isEqualTo(GOOD);
        assertThat(ConfigLoader.load(folder).docker().security().seccompProfile())
                .contains(folder.resolve("mine.json").toString());
    }

    @Test
    void theShippedProfileIsGood() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/io/strategysandbox/config/seccomp_profile.json")) {
            String shipped = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(SeccompProfile.problems("shipped", shipped)).isEmpty();
        }
    }

    @Test
    void everythingThatEnginesReadIsTaken() {
        assertThat(SeccompProfile.problems("mine.json", """
                {"defaultAction": "SCMP_ACT_KILL_PROCESS", "defaultErrnoRet": 1,
                 "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]}],
                 "flags": ["SECCOMP_FILTER_FLAG_TSYNC"],
                 "syscalls": [{"name": "read", "action": "SCMP_ACT_LOG", "comment": "one"},
                  {"names": ["clone", "_sysctl"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38,
                   "args": [{"index": 5, "value": 18446744073709551615, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}],
                   "includes": {"caps": ["CAP_SYS_ADMIN"], "arches": ["amd64"], "minKernel": "4.8"}, "excludes": {}}]}
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "defaultAction": "SCMP_ACT_ERRNO",         | "defaultAction": SCMP_ACT_ERRNO,    | 2 | is not JSON
            "syscalls": [                              | "syscalls": [ [ {                   | 4 | is not JSON
            "defaultAction": "SCMP_ACT_ERRNO",         | "x"                                 | 3 | is not JSON
            "defaultAction": "SCMP_ACT_ERRNO",         |                                     | 1 | the file has no defaultAction; add one
            "defaultAction"                            | "defaultaction"                     | 2 | the file has the key 'defaultaction', which no engine reads; allowed are archMap,
            "SCMP_ACT_ERRNO"                           | "SCMP_ACT_ALLOW"                    | 2 | lets through every system call that is not named; set it to SCMP_ACT_ERRNO
            "SCMP_ACT_ERRNO"                           | "SCMP_ACT_LOG"                      | 2 | lets through every system call
            "SCMP_ACT_ERRNO"                           | "SCMP_ACT_EPERM"                    | 2 | defaultAction has 'SCMP_ACT_EPERM'; allowed is one of SCMP_ACT_ERRNO, SCMP_ACT_KILL
            "SCMP_ACT_ERRNO"                           | 1                                   | 2 | defaultAction has '1'
            "SCMP_ACT_ERRNO"                           | null                                | 2 | defaultAction has 'null'
            "SCMP_ACT_ERRNO",                          | "SCMP_ACT_ERRNO", "defaultErrnoRet": 5000, | 2 | defaultErrnoRet has '5000'
            "SCMP_ACT_ERRNO",                          | "SCMP_ACT_ERRNO", "architectures": [], "archMap": [], | 2 | keep one of them
            "SCMP_ACT_ERRNO",                          | "SCMP_ACT_ERRNO", "archMap": [{"architecture": "amd64"}], | 2 | such as SCMP_ARCH_X86_64
            "SCMP_ACT_ERRNO",                          | "SCMP_ACT_ERRNO", "archMap": [{}],  | 2 | archMap has no architecture
            "SCMP_ACT_ERRNO",                          | "SCMP_ACT_ERRNO", "listenerPath": "/run/x", | 2 | the key 'listenerPath'
            "SCMP_ACT_ERRNO",                          | "SCMP_ACT_ERRNO", "defaultAction": "SCMP_ACT_ERRNO", | 2 | Duplicate field
            "syscalls"                                 | "syscals"                           | 3 | the key 'syscals'
            ["read"]                                   | ["read", 7]                         | 4 | syscalls[0].names has '7'; allowed is a system call such as read
            ["read"]                                   | ["read", ["write"]]                 | 4 | syscalls[0].names has a list
            ["read"]                                   | ["Read"]                            | 4 | syscalls[0].names has 'Read'
            ["read"]                                   | []                                  | 4 | syscalls[0].names is empty
            ["read"]                                   | "read"                              | 4 | syscalls[0].names must be a list
            "names": ["read"]                          | "comment": "none"                   | 4 | syscalls[0] needs names
            "names": ["read"]                          | "names": ["read"], "name": "read"   | 4 | but not both
            "names": ["read"]                          | "names": ["read"], "arguments": []  | 4 | the key 'arguments'
            , "action": "SCMP_ACT_ALLOW"               |                                     | 4 | syscalls[0] has no action
            "SCMP_ACT_ALLOW"                           | "ALLOW"                             | 4 | syscalls[0].action has 'ALLOW'; allowed is one of SCMP_ACT_ALLOW
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_NOTIFY"                   | 4 | syscalls[0].action has 'SCMP_ACT_NOTIFY'
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_ALLOW", "errnoRet": -1    | 4 | syscalls[0].errnoRet has '-1'
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_ALLOW", "args": {}        | 4 | syscalls[0].args must be a list
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_ALLOW", "args": [{"index": 6, "value": 0, "op": "SCMP_CMP_EQ"}] | 4 | a whole number from 0 to 5
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_ALLOW", "args": [{"index": 0, "op": "SCMP_CMP_EQ"}] | 4 | args has no value
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": 1.5, "op": "SCMP_CMP_EQ"}] | 4 | value has '1.5'
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": 1, "op": "=="}] | 4 | op has '=='
            "SCMP_ACT_ALLOW"                           | "SCMP_ACT_ALLOW", "includes": ["x"] | 4 | includes must be an object
            {"names": ["read"], "action": "SCMP_ACT_ALLOW"} | "read"                         | 4 | syscalls[0] must be an object
            """)
    void aBrokenProfileIsRefusedWithItsLine(String good, String broken, int line, String words) throws IOException {
        String text = GOOD.replace(good, broken == null ? "" : broken);
        assertThat(text).isNotEqualTo(GOOD);
        Path file = profile(text);

        assertThatThrownBy(() -> SeccompProfile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + ":" + line + ": ")
                .hasMessageContaining(words);
        assertThatThrownBy(() -> ConfigLoader.load(folder)).hasMessageContaining(file + ":" + line + ": ");
    }

    @ParameterizedTest
    @CsvSource({"'', the file is empty", "[], must be one object", "'{} {}', more after the end"})
    void whatIsNoProfileAtAllIsSaidToBeNone(String text, String words) throws IOException {
        Path file = profile(text);
        assertThatThrownBy(() -> SeccompProfile.read(file)).hasMessageContainingAll(file + ":1: the file", words);
    }

    @Test
    void nestingWithoutEndIsRefused() throws IOException {
        Path file = profile("[".repeat(100_000));
        assertThatThrownBy(() -> SeccompProfile.read(file)).isInstanceOf(ConfigException.class);
    }

    @Test
    void aProfileThatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("none.json");
        assertThatThrownBy(() -> SeccompProfile.read(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(missing.toString(), "correct security.seccompProfile in docker_config.yaml");
        Path large = folder.resolve("large.json");
        Files.write(large, new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> SeccompProfile.read(large)).hasMessageContaining("more than");
    }
}
