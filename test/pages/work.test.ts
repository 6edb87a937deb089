/** The pages of the work itself, on one running system, topic by topic in this order. */
import './work/trail.ts'
import './work/daily.ts'
import './work/rights.ts'
import './work/receipts.ts'
import './work/agencies.ts'
import './work/family.ts'
import './work/forms.ts'
import { afterAll, beforeAll } from 'vitest'
import { closeStage, openStage } from '../world/stage.ts'

// Held from the first topic to the last.
beforeAll(openStage)
afterAll(closeStage)
