import { beforeAll, expect, test } from 'vitest'
import { bundleWorkflows } from './bundle.ts'

let code: string
/** What of the bundle is ours, by file. */
let own: Map<string, string>
beforeAll(async () => {
  code = (await bundleWorkflows()).code
  const parts = code.split(/^\/\*{3}\/ "([^"]+)"\r?\n/m)
  own = new Map()
  for (let n = 1; n < parts.length; n += 2)
    if (/^\.\/(workflows|libs\/procedure)\/src\//.test(parts[n]!)) own.set(parts[n]!, withoutComments(parts[n + 1]!))
})

const withoutComments = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '')

test('all workflows are in the bundle, and names are readable', () => {
  expect(code).toContain('async function caseWorkflow(')
  expect(code).toContain('async function urgentResponse(')
  expect(code).toContain('async function meetingWorkflow(')
  expect([...own.keys()].some((file) => file.endsWith('/case.ts'))).toBe(true)
  expect([...own.keys()].some((file) => file.endsWith('/next-step.ts'))).toBe(true)
  expect(own.size).toBeGreaterThan(20)
})

test('our code reads no clock but the virtual one', () => {
  // oxfmt-ignore
  const leaks = [/\bIntl\b/, /\bTemporal\.(Now|Instant|Zoned|Plain)/, /toLocale\w*\(/, /getTimezoneOffset/, /\bperformance\b/, /\bprocess\./, /Math\.random/, /new Date\(\)/, /\bsetInterval\b/,
    /\.(getHours|getDate|getDay|getMonth|getFullYear|setHours)\(/]
  const found = [...own].flatMap(([file, source]) => leaks.filter((leak) => leak.test(source)).map((leak) => `${file}: ${leak}`))
  expect(found).toEqual([])
  const clocks = [...own].filter(([, source]) => source.includes('Date.now')).map(([file]) => file.split('/').at(-1))
  expect(clocks).toEqual(['clock.ts'])
})

test('nothing of Node and no validation library is drawn in', () => {
  expect(code).not.toMatch(/require\(["']node:/)
  expect(code).not.toContain('node_modules/zod')
  expect([...own.keys()].filter((file) => file.includes('/services/'))).toEqual([])
})
