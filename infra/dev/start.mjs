// `npm start`: everything for real on this machine. Plain JavaScript for Node 20; goes on in up.mjs under Node 24.
import { continueIn, failWithHint } from './install.mjs'
import { homeOf } from './place.mjs'
import { preflight } from './preflight.mjs'

try {
  await preflight()
} catch (error) {
  failWithHint(error)
}
// The home on the command line: a later start knows this one by it.
continueIn('infra/dev/up.mjs', [...process.argv.slice(2), `--home=${homeOf()}`])
