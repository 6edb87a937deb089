// `npm test`: everything, on a fresh clone too. Ends with one line, `N passed, N failed`.
import { AUDIT, BUILD, FORMAT, LINT, runSteps, tests, TOOLS, TYPES } from './steps.mjs'

await runSteps([
  FORMAT,
  [
    [LINT, TYPES],
    [BUILD, TOOLS, AUDIT],
  ],
  [
    // What computes most of its time.
    [tests('unit', 'unit'), tests('workflow', 'workflow'), tests('services', 'services'), tests('journeys', 'journeys')],
    // What goes file by file and waits most of its time.
    [tests('boot', 'boot'), tests('prove', 'prove'), tests('faults', 'faults')],
  ],
])
