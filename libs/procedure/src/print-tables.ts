/** Writes SOP-TABLES.md beside the package: `npm run tables`. */
import { writeFileSync } from 'node:fs'
import { sopTables } from './tables.ts'

writeFileSync(new URL('../SOP-TABLES.md', import.meta.url), sopTables())
