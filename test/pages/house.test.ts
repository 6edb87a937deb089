/** Every page once, then the pages by which an organisation is kept, on one running system in this order. */
import './house/every-route.ts'
import './house/keeping.ts'
import { afterAll, beforeAll } from 'vitest'
import { closeStage, openStage } from '../world/stage.ts'

// Held from the first topic to the last.
beforeAll(openStage)
afterAll(closeStage)
