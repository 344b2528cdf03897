/**
 * The program inside the sandbox: it takes one job, loads the strategy, feeds it bars one at a time, and sends
 * decisions and captured output back over standard output. It opens no file and no connection.
 */
@NullMarked
package io.strategysandbox.runner;

import org.jspecify.annotations.NullMarked;
