// `npm test`: everything, on a fresh clone too. Ends with one line, `N passed, N failed`.
import { AUDIT, BUILD, FORMAT, LINT, runSteps, tests, TOOLS, TYPES } from './steps.mjs'

await runSteps([
  FORMAT,
  [LINT, TYPES],
  BUILD,
  TOOLS,
  AUDIT,
  tests('unit', 'unit'),
  tests('workflow', 'workflow'),
  tests('services', 'services'),
  tests('journeys', 'journeys'),
  // Both go file by file.
  [tests('boot', 'boot'), tests('prove', 'prove')],
])
