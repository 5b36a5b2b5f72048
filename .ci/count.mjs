// Adds up the JUnit reports of all modules; `N passed, N failed` is the last line. The argument is the exit code of the build.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const build = Number(process.argv[2] ?? 0);
const folders = ['surefire-reports', 'failsafe-reports'];
const modules = readdirSync('.', { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
);
const targets = modules
  .flatMap(({ name }) => [name, ...(name === 'socketio' ? readdirSync(name).map((part) => join(name, part)) : [])])
  .map((module) => join(module, 'target'))
  .filter(existsSync);
const reports = targets.flatMap((target) => [
  ...folders
    .map((folder) => join(target, folder))
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => /^TEST-.*\.xml$/.test(file))
        .map((file) => join(folder, file)),
    ),
  ...readdirSync(target)
    .filter((file) => /^(vitest|browser).*\.xml$/.test(file))
    .map((file) => join(target, file)),
]);

const total = { tests: 0, failed: 0, skipped: 0 };
for (const report of reports) {
  const xml = readFileSync(report, 'utf8');
  total.tests += xml.match(/<testcase[\s>]/g)?.length ?? 0;
  // a test that passes on a second run is counted once, as passed: only <failure> and <error> count
  total.failed += xml.match(/<(failure|error)[\s>]/g)?.length ?? 0;
  for (const [, test] of xml.matchAll(/<testcase name="([^"]*)"[^>]*>\s*<flaky/g)) console.log(`Flaky: ${test} in ${report}`);
  total.skipped += xml.match(/<skipped[\s/>]/g)?.length ?? 0;
}
const flaky = targets.flatMap((target) =>
  readdirSync(target)
    .filter((file) => file.endsWith('-flaky.txt'))
    .map((file) => join(target, file)),
);
for (const file of flaky)
  for (const name of readFileSync(file, 'utf8').split('\n').filter(Boolean)) console.log(`Flaky: ${name}`);

// a timed test that failed while the machine stood still is run again at once and says so
const repeated = targets
  .map((target) => join(target, 'failsafe-reports', 'repeated.txt'))
  .filter(existsSync)
  .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean));
for (const test of repeated) console.log(`Repeated: ${test}`);

const passed = total.tests - total.failed - total.skipped;
if (build !== 0 && total.failed === 0)
  console.log('The build failed although no test did: the first [ERROR] above says why.');
if (total.tests === 0) console.log('No test was run.');
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
if (repeated.length > 0) console.log(`${repeated.length} repeated`);
console.log(`${passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = build !== 0 ? build : total.failed > 0 || total.tests === 0 ? 1 : 0;
