// Gets Temporal and its time-skipping server before any test waits for them: building them on a fresh machine takes minutes, a test has one.
import { Hint } from './place.mjs'
import { findTemporal } from './temporal.mjs'
import { findTestServer } from './test-server.mjs'

try {
  console.log(await findTemporal())
  console.log(await findTestServer())
} catch (error) {
  console.error(error instanceof Hint ? error.message : error)
  process.exit(1)
}
