/** No regular expression of ours takes more than polynomial low time for any input (recheck), and no secret lies in the repository. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSync } from 'recheck'
import { expect, test } from 'vitest'
import { ROOT } from './place.mjs'

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\0')
  .filter(Boolean)
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const LITERAL = /(?<=[=(,:[!&|?{};\s])\/(?![*/\s])((?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[\s.,;)\]:}])/g

test('every regular expression of the running code is safe', () => {
  const found = tracked
    .filter(
      (file) => /^(libs|services|workflows|infra\/issuer)\/.*\.tsx?$/.test(file) && !/\.(test|fixture|d)\.tsx?$|\/testing\//.test(file),
    )
    .flatMap((file) =>
      [...textOf(file).matchAll(LITERAL)]
        .map(([, source = '', flags = '']) => ({ file, source, flags }))
        .filter(({ source, flags }) => {
          try {
            return new RegExp(source, flags) instanceof RegExp
          } catch {
            return false // Two divisions in one line.
          }
        }),
    )
  expect(found.length).toBeGreaterThan(40)
  const unsafe = found
    .map((one) => ({ ...one, result: checkSync(one.source, one.flags.replace(/[dv]/g, ''), { timeout: 5_000 }) }))
    .filter(({ result }) => result.status === 'vulnerable')
    .map(({ file, source, result }) => `${file}: /${source}/ ${'complexity' in result ? result.complexity?.type : ''}`)
  expect(unsafe).toEqual([])
  expect(checkSync('^(a+)+$', '').status).toBe('vulnerable')
})

test('no pattern is put together while the code runs, where nobody could have looked at it', () => {
  const made = tracked.filter(
    (file) =>
      /^(libs|services|workflows|infra\/issuer)\/.*\.tsx?$/.test(file) &&
      !/\.(test|fixture|d)\.tsx?$|\/testing\//.test(file) &&
      /\bRegExp\(/.test(textOf(file)),
  )
  // Used by tests alone.
  expect(made).toEqual(['libs/platform/src/without-where.ts'])
})

const SECRETS: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{60}/,
  'a private JWK': /"(?:d|k)"\s*:\s*"[A-Za-z0-9_-]{40,}"/,
  'an Ed25519 key in PKCS #8': /\bMC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9_+/-]{20,}/,
  'a token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/,
  'a key of a cloud': /\b(?:AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|xox[bp]-[A-Za-z0-9-]{20,}|npm_[A-Za-z0-9]{36})\b/,
}
const secretsIn = (text: string) => Object.entries(SECRETS).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []))

test('no secret lies in the repository or in what is built from it', () => {
  const built = execFileSync(
    'git',
    ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--', 'services/*/dist', 'infra/issuer/dist'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  ).split('\0')
  const read = [...tracked, ...built].filter(
    (file) => /\.(ts|tsx|m?js|json|ya?ml|md|sh|env|css|html|map)$/.test(file) || /(^|\/)\.env/.test(file),
  )
  expect(read.length).toBeGreaterThan(200)
  expect(read.flatMap((file) => secretsIn(textOf(file)).map((what) => `${what} in ${file}`))).toEqual([])
  // Each pattern finds its kind.
  expect(secretsIn(`"d": "${'A'.repeat(43)}"`)).toEqual(['a private JWK'])
  expect(secretsIn(`MC4CAQAwBQYDK2VwBCIEI${'B'.repeat(43)}`)).toEqual(['an Ed25519 key in PKCS #8'])
})
