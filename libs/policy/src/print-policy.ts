/** Writes POLICY.md beside the package: `npm run tables`. */
import { writeFileSync } from 'node:fs'
import { policyTables } from './policy-table.ts'

writeFileSync(new URL('../POLICY.md', import.meta.url), policyTables())
