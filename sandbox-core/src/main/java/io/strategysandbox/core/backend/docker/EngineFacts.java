package io.strategysandbox.core.backend.docker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What can be found out about the engine and this machine without changing anything.
 *
 * @param address where the engine is looked for
 * @param source who says so
 * @param unavailable why no engine can be used there, with a fix; empty if one can
 * @param javaProblem why no image can be made of the running Java, with a fix; empty if one can
 * @param engine what the engine says; empty if there is none
 */
public record EngineFacts(
        String address,
        String source,
        Optional<String> unavailable,
        Optional<String> javaProblem,
        Optional<Engine> engine) {

    /**
     * What an engine says.
     *
     * @param version its version
     * @param api the newest API version that it speaks
     * @param oldestApi the oldest that it speaks; empty if it does not tell
     * @param spokenApi the one that is spoken with it
     * @param system the operating system and kernel that containers run on
     * @param linux whether that is a Linux
     * @param cgroupVersion 1 or 2; empty if it does not tell
     * @param missingLimits the limits that it cannot enforce
     * @param securityOptions such as {@code name=seccomp,profile=default}
     * @param runtime the runtime that sandboxes would run on
     * @param runc runc's version, then its package's or commit, if it tells
     * @param image the runner image that the configuration needs; empty if only building it tells
     * @param imagePresent whether it is there
     * @param orphans how many containers of builds that are gone there are; empty if that cannot be told
     * @param directory where it keeps its images
     * @param freeBytes how much room is left there; empty if it is on another machine
     */
    public record Engine(
            String version,
            String api,
            Optional<String> oldestApi,
            String spokenApi,
            String system,
            boolean linux,
            Optional<String> cgroupVersion,
            List<String> missingLimits,
            List<String> securityOptions,
            String runtime,
            List<String> runc,
            Optional<String> image,
            boolean imagePresent,
            OptionalInt orphans,
            String directory,
            OptionalLong freeBytes) {

        /** Copies the lists. */
        public Engine {
            missingLimits = List.copyOf(missingLimits);
            securityOptions = List.copyOf(securityOptions);
            runc = List.copyOf(runc);
        }
    }
}
