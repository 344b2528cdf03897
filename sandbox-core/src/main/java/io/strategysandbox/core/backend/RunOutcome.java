package io.strategysandbox.core.backend;

import io.strategysandbox.core.verdict.Evidence;
import io.strategysandbox.core.verdict.Resources;
import io.strategysandbox.core.verdict.Verdict;

/**
 * How a run in a runner ended.
 *
 * @param verdict {@link Verdict.Ok} if a decision for every bar came and the runner said so itself
 * @param decisions the decisions received, for every bar if the verdict is OK
 * @param evidence what the verdict rests on
 * @param resources what the run used
 */
public record RunOutcome(Verdict verdict, Decisions decisions, Evidence evidence, Resources resources) {}
