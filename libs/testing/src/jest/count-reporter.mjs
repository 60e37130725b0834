import { appendFileSync } from 'node:fs';

/**
 * Says what a run skipped, each with the reason that its title carries, and appends the counts as one JSON line to the
 * file named by HARMONY_TEST_COUNTS, so that CI can add up several runs.
 */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const tests = results.testResults.flatMap((suite) => suite.testResults);
    const skipped = tests.filter(({ status }) => status === 'pending' || status === 'todo');
    for (const { fullName } of skipped) process.stderr.write(`skipped: ${fullName}\n`);
    const file = process.env.HARMONY_TEST_COUNTS;
    if (!file) return;
    const failedSuites = results.testResults.filter((suite) => suite.testExecError).length;
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + failedSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    appendFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}
