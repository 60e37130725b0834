import { describe, expect, it } from '@jest/globals';
import { isPersonWord, relationOf } from './kinds.js';

describe('what a word is a kind of', () => {
  it.each([
    ['moth', 'insect', 'KIND'],
    ['lyon', 'city', 'KIND'],
    ['sofa', 'couch', 'SAME'],
    ['moth', 'city', null],
    ['qwzx', 'city', null],
    ['oven', 'object', null],
  ])('%s is to %s: %s', (said, asked, relation) => expect(relationOf(said, asked, 'noun')).toBe(relation));

  it.each([
    ['porter', true],
    ['brother', true],
    ['oven', false],
    ['qwzx', false],
  ])('that %s is somebody is %s', (word, isOne) => expect(isPersonWord(word)).toBe(isOne));
});
