/** How somebody uses a page: with a finger, or by keyboard alone. A thing that cannot be reached so is an error. */
import type { Locator, Page } from 'playwright-core'

export type Hands = {
  page: Page
  /** A link, a button, a summary. */
  press(what: Locator): Promise<void>
  /** A checkbox or a radio button, until it is chosen. */
  tick(box: Locator): Promise<void>
  write(field: Locator, text: string): Promise<void>
  /** A day, `2027-03-03`. */
  writeDay(field: Locator, day: string): Promise<void>
  choose(select: Locator, value: string): Promise<void>
}

export const finger = (page: Page): Hands => ({
  page,
  press: (what) => what.tap(),
  tick: async (box) => {
    await box.locator('xpath=ancestor::label[1]').tap()
    if (!(await box.isChecked())) throw new Error(`a tap does not choose ${box}`)
  },
  write: async (field, text) => {
    await field.tap()
    await page.keyboard.insertText(text)
  },
  // The phone's own pickers open here: they are not the page's.
  writeDay: (field, day) => field.fill(day),
  choose: async (select, value) => void (await select.selectOption(value)),
})

/** More stops than any page has. */
const MOST_STOPS = 250
const MOST_CHOICES = 30

export const keyboard = (page: Page): Hands => {
  const isHere = (one: Locator) => one.evaluate((element) => element === document.activeElement)
  /** Tab by Tab until the thing has the focus, which everybody must be able to see. */
  const goTo = async (what: Locator, isThere = () => isHere(what)): Promise<void> => {
    await what.waitFor({ state: 'attached' })
    for (let stops = 0; !(await isThere()); stops++) {
      if (stops > MOST_STOPS) throw new Error(`no Tab leads to ${what}`)
      await page.keyboard.press('Tab')
    }
    const seen = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!)
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    })
    if (!seen) throw new Error(`the focus is not seen on ${what}`)
  }
  return {
    page,
    press: async (what) => {
      await goTo(what)
      await page.keyboard.press('Enter')
    },
    tick: async (box) => {
      const [type, name] = [await box.getAttribute('type'), await box.getAttribute('name')]
      // A group of radio buttons is one stop; arrows choose within it.
      const isGroup = () =>
        page.evaluate(
          (of) => (document.activeElement as HTMLInputElement).type === 'radio' && document.activeElement!.getAttribute('name') === of,
          name,
        )
      await goTo(box, type === 'radio' ? isGroup : undefined)
      for (let steps = 0; !(await isHere(box)); steps++) {
        if (steps > MOST_CHOICES) throw new Error(`no arrow leads to ${box}`)
        await page.keyboard.press('ArrowDown')
      }
      if (!(await box.isChecked())) await page.keyboard.press('Space')
      if (!(await box.isChecked())) throw new Error(`no key chooses ${box}`)
    },
    write: async (field, text) => {
      await goTo(field)
      await page.keyboard.insertText(text)
    },
    // Browsers ask for day and month in their own order: days of a test have both alike.
    writeDay: async (field, day) => {
      const [year, month, date] = day.split('-')
      if (month !== date) throw new Error(`${day}: day and month differ`)
      await goTo(field)
      await page.keyboard.type(`${date}${month}${year}`)
    },
    choose: async (select, value) => {
      await goTo(select)
      for (let steps = 0; (await select.inputValue()) !== value; steps++) {
        if (steps > MOST_CHOICES) throw new Error(`no arrow chooses ${value}`)
        await page.keyboard.press('ArrowDown')
      }
    },
  }
}
