/** Whatever our code asks over HTTP has a time limit and says what becomes of a redirect; there is no other way out than `fetch`. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'
import { ROOT } from './place.mjs'

type Node = { type: string; [more: string]: any }

/** Clients of HTTP by other ways, which this test would not see. `node:http` makes servers only. */
const OTHER_WAYS = /^(node:)?(https|http2|tls)$|^(undici|axios|got|node-fetch|ky|superagent|request|needle)(\/|$)/

/** `file:line what` for each call that may wait for ever, or be led elsewhere. */
function faultsOf(file: string, text: string): { faults: string[]; calls: number } {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`)
  const faults: string[] = []
  let calls = 0
  const say = (node: Node, what: string) => faults.push(`${file}:${text.slice(0, node['start']).split('\n').length} ${what}`)
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look)
    if (typeof node !== 'object' || node === null) return
    const one = node as Node
    if (one.type === 'ImportDeclaration' && one['importKind'] !== 'type') {
      const from = String(one['source'].value)
      if (OTHER_WAYS.test(from)) say(one, `asks by ${from}`)
      const asks = (one['specifiers'] as Node[]).filter(({ imported }) => ['request', 'get'].includes(imported?.name))
      if (/^(node:)?http$/.test(from) && asks.length > 0) say(one, 'asks by node:http')
    }
    if (one.type === 'CallExpression' && isFetch(one['callee'])) {
      calls++
      const settings = one['arguments'][1] as Node | undefined
      const named = new Map(
        ((settings?.['properties'] ?? []) as Node[]).map(({ key, value }) => [key?.name ?? key?.value, value as Node] as const),
      )
      const { signal, redirect } = Object.fromEntries(named) as Record<string, Node | undefined>
      if (!signal) say(one, 'has no time limit')
      else if (!limits(signal)) say(one, 'has a signal that may be no time limit')
      if (!['error', 'manual'].includes(redirect?.['value'])) say(one, 'follows redirects')
    }
    for (const part of Object.values(one)) look(part)
  }
  /** `AbortSignal.timeout(…)`, or a name that was made by it in the same file. */
  const limits = ({ start, end }: Node): boolean => {
    const written = text.slice(start, end)
    return (
      /AbortSignal\.timeout\(/.test(written) ||
      [...text.matchAll(/const (\w+) = AbortSignal\.timeout\(/g)].some(([, name]) => new RegExp(`\\b${name}\\b`).test(written))
    )
  }
  look(program)
  return { faults, calls }
}

const isFetch = (callee: Node): boolean =>
  callee.type === 'Identifier'
    ? callee['name'] === 'fetch'
    : callee.type === 'MemberExpression' &&
      ['globalThis', 'window', 'self'].includes(callee['object'].name) &&
      callee['property'].name === 'fetch'

test('every fetch of the running code and of the start', () => {
  const files = execFileSync('git', ['ls-files', '-z', '--', 'libs', 'services', 'workflows', 'infra'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !/\.(test|fixture)\.tsx?$|\.d\.m?ts$|\/testing\/|\/scratch-/.test(file))
    // It passes on to one port of this machine and asks nobody else.
    .filter((file) => file !== 'infra/dev/temporal-ui.mjs')
  const read = files.map((file) => faultsOf(file, readFileSync(join(ROOT, file), 'utf8')))
  expect(read.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThan(10)
  expect(read.flatMap(({ faults }) => faults)).toEqual([])
})

test.each([
  ['fetch(url)', ['has no time limit', 'follows redirects']],
  ["globalThis.fetch(url, { signal, redirect: 'error' })", ['has a signal that may be no time limit']],
  ["fetch(url, { redirect: 'follow', signal: AbortSignal.timeout(1) })", ['follows redirects']],
  ["const late = AbortSignal.timeout(1)\nfetch(url, { redirect: 'manual', signal: mine ? AbortSignal.any([mine, late]) : late })", []],
  ["import { request } from 'node:http'", ['asks by node:http']],
  ["import { createServer } from 'node:http'", []],
  ["import axios from 'axios'", ['asks by axios']],
])('%s', (text, faults) => {
  expect(faultsOf('a.ts', text).faults.map((fault) => fault.replace(/^a\.ts:\d+ /, ''))).toEqual(faults)
})
