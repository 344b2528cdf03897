/**
 * Where runners live, behind one interface, and the session that talks to a runner. A job and bars enter, checked
 * decisions and evidence leave; nothing else that a runner says is believed.
 */
@NullMarked
package io.strategysandbox.core.backend;

import org.jspecify.annotations.NullMarked;
