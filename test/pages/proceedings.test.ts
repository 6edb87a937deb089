/** The pages of meetings, reviews and referrals, and what of all that was typed is found elsewhere, on one running system, topic by topic in this order. */
import './proceedings/meetings.ts'
import './proceedings/reviews.ts'
import './proceedings/referrals.ts'
// The last: it fills in every form of the directory too.
import '../faults/personal-data.ts'
import { afterAll, beforeAll } from 'vitest'
import { closeStage, openStage } from '../world/stage.ts'

// Held from the first topic to the last.
beforeAll(openStage)
afterAll(closeStage)
