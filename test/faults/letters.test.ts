/** Letters beside what is away, refuses or is killed, on one running system, topic by topic in this order. */
import './letters/meetings.ts'
import './letters/away.ts'
import { afterAll, beforeAll } from 'vitest'
import { closeSystem, openSystem } from './letters/stage.ts'

// Held from the first topic to the last.
beforeAll(openSystem)
afterAll(closeSystem)
