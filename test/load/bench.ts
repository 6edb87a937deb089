/**
 * `npm run bench`: the figures of speed on this machine, everything real. Prints what was measured beside what is wanted; fails nothing, since a
 * figure depends on the machine. `--quick`: smaller; `--only=saving,wave`: some of the measures.
 */
import { runBench, SIZES } from './run.ts'

const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length)
await runBench(process.argv.includes('--quick') ? SIZES.quick : SIZES.full, (line) => console.log(line), only?.split(','))
