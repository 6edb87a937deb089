// `npm run check`: the quick half of the tests, for the daily loop.
import { FORMAT, LINT, runSteps, tests, TYPES } from './steps.mjs'

await runSteps([FORMAT, [LINT, TYPES], tests('unit', 'unit')])
