/** Parts that are killed, taken away or refuse, on one running system, topic by topic in this order. */
import './parts/meetings.ts'
import './parts/away.ts'
import './parts/kills.ts'
import { afterAll, beforeAll } from 'vitest'
import { closeSystem, openSystem } from './parts/stage.ts'

// Held from the first topic to the last.
beforeAll(openSystem)
afterAll(closeSystem)
