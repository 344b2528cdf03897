/** What runs inside the sandbox. A named module, so that strategy code cannot reflect into the runner. */
module io.strategysandbox.runner {
    requires transitive ta4j.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.strategysandbox.api;
    exports io.strategysandbox.protocol;
}
