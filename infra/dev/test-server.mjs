// The time-skipping test server of Temporal, found or fetched: TEMPORAL_TEST_SERVER → .tirek/bin → the SDK's download → Maven with Java.
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { BIN, Hint } from './place.mjs'

const VERSION = '1.38.0'
const run = promisify(execFile)
const say = (what) => process.stderr.write(`test server: ${what}\n`)

/** @returns {Promise<string>} an executable that takes a port as its argument */
export async function findTestServer() {
  const named = process.env.TEMPORAL_TEST_SERVER
  if (named) {
    if (!existsSync(named)) throw new Hint(`TEMPORAL_TEST_SERVER names ${named}, which does not exist`)
    return named
  }
  const cached = join(BIN, `test-server-${VERSION}`)
  if (existsSync(cached)) return cached
  mkdirSync(BIN, { recursive: true })
  return (await downloaded()) ?? (await fromMaven(cached))
}

/** The SDK fetches the native binary; without internet it fails at once. */
async function downloaded() {
  const isServer = (name) => name.startsWith('temporal-test-server-sdk-typescript') && !name.endsWith('.downloading')
  const found = readdirSync(BIN).find(isServer)
  if (found) return join(BIN, found)
  try {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing')
    const server = { executable: { type: 'cached-download', downloadDir: BIN } }
    const env = await TestWorkflowEnvironment.createTimeSkipping({ server })
    await env.teardown()
  } catch {
    return undefined
  }
  const got = readdirSync(BIN).find(isServer)
  return got && join(BIN, got)
}

async function fromMaven(target) {
  const missing = []
  for (const [tool, flag] of [
    ['java', '-version'],
    ['mvn', '-v'],
  ])
    await run(tool, [flag]).catch(() => missing.push(tool))
  if (missing.length > 0)
    throw new Hint(
      `the time-skipping test server could not be downloaded, and ${missing.join(' and ')} is not installed: install Java 17 and Maven, or set TEMPORAL_TEST_SERVER to the server's executable`,
    )
  const lib = `${target}.lib`
  const own = `${lib}.${process.pid}`
  say(`from Maven (io.temporal:temporal-test-server:${VERSION})`)
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'pom.xml'), POM)
  await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${own}`], { cwd: own }).catch((error) => {
    rmSync(own, { recursive: true, force: true })
    throw new Hint(
      `the time-skipping test server could not be had from Maven: ${
        String(error.stderr || error.stdout || error.message)
          .split('\n')
          .find((line) => line.includes('ERROR')) ?? error.message
      }`,
    )
  })
  // Two test processes may come here at once: whoever is first puts the folder in place.
  try {
    renameSync(own, lib)
  } catch {
    rmSync(own, { recursive: true, force: true })
  }
  // `exec`, or the SDK could not stop it. Beside its own place, which may be moved with the clone.
  writeFileSync(
    `${target}.${process.pid}`,
    `#!/bin/sh\nexec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$(dirname "$0")/${basename(lib)}/*" io.temporal.testserver.TestServer "$@"\n`,
  )
  chmodSync(`${target}.${process.pid}`, 0o755)
  renameSync(`${target}.${process.pid}`, target)
  return target
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>tirek</groupId><artifactId>test-server</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version></dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.16</version></dependency></dependencies></project>
`
