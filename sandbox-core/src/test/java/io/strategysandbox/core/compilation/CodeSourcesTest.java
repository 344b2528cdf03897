package io.strategysandbox.core.compilation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeSourcesTest {

    @Test
    void theWholeClassPathIsTheProcesss() {
        assertThat(CodeSources.all())
                .contains(CodeSources.of(CodeSources.class.getName()), CodeSources.of("org.slf4j.Logger"))
                .allMatch(Path::isAbsolute)
                .allMatch(Files::exists);
    }

    @Test
    void inABuildToolItIsThatOfTheClassLoader() throws Exception {
        URL own = CodeSources.of(CodeSources.class.getName()).toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {own}, ClassLoader.getPlatformClassLoader())) {
            Object all = loader.loadClass(CodeSources.class.getName())
                    .getMethod("all")
                    .invoke(null);

            assertThat(all).isEqualTo(List.of(Path.of(own.toURI())));
        }
    }
}
