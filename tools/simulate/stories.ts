import { tellBankStory } from './bank-story.ts'
import { tellCodeStory } from './code-story.ts'

/** Stories of one part each, told from a seed: what promise was broken, or null. */
export const STORIES = {
  bank: tellBankStory,
  codes: tellCodeStory,
} as const
export type StoryName = keyof typeof STORIES

export const isStoryName = (name: string): name is StoryName => Object.hasOwn(STORIES, name)
