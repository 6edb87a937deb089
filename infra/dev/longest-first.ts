import { globSync, statSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files with much in them first, so that none of the long ones begins when the others end. What `x.test.ts` imports from the folder `x` counts. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sizes = new Map(files.map(({ moduleId }) => [moduleId, sizeOf(moduleId)]))
    return files.toSorted((a, b) => sizes.get(b.moduleId)! - sizes.get(a.moduleId)!)
  }
}

const sizeOf = (file: string): number =>
  [file, ...globSync(`${file.replace(/\.test\.tsx?$/, '')}/*.ts`)].reduce((bytes, one) => bytes + statSync(one).size, 0)
