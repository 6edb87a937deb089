// `node infra/dev/run.mjs <file> [arguments]`: installs what is locked, then runs the file under Node 24. Every npm script goes through it.
import { continueIn } from './install.mjs'

const [file, ...args] = process.argv.slice(2)
continueIn(file, args)
