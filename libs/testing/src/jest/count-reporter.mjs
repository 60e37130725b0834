import { appendFileSync } from 'node:fs';

/** Appends the counts of a run as one JSON line to the file named by HARMONY_TEST_COUNTS, so that CI can add up several runs. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
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
