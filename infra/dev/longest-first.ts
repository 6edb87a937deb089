import { readFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files with much in them first, so that none of the long ones begins when the others end. Under `test/` what a file imports from its own folder
 * counts: it stands for what is played there. Elsewhere it is what is tested.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sizes = new Map(files.map(({ moduleId }) => [moduleId, sizeOf(moduleId)]))
    return files.toSorted((a, b) => sizes.get(b.moduleId)! - sizes.get(a.moduleId)!)
  }
}

const OURS = /^(?:import|export) (?:[^'\n]* from )?'(\.[^']+)'/gm

function sizeOf(test: string): number {
  const folder = test.includes(`${sep}test${sep}`) ? dirname(test) + sep : test
  const files = new Map<string, string>()
  for (const open = [test]; open.length > 0;) {
    const file = open.pop()!
    // What many share says nothing of one.
    if (files.has(file) || !file.startsWith(folder) || file.includes('.fixture.')) continue
    const text = readFileSync(file, 'utf8')
    files.set(file, text)
    open.push(...Array.from(text.matchAll(OURS), ([, path]) => resolve(dirname(file), path!)))
  }
  return [...files.values()].reduce((size, text) => size + text.length, 0)
}
