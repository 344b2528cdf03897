package io.strategysandbox.examples;

import io.strategysandbox.junit.StrategyDirectory;

/** Every strategy as tests of its own: what somebody writes who has strategies and nothing else. */
@StrategyDirectory(value = "strategies", data = "target/data")
class StrategyDirectoriesTest {}
