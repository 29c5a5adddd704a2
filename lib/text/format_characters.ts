/**
 * Characters that nobody sees and that are no white space: without a width, turning the direction of
 * writing around, or mere fillers.
 *
 * @module
 */

/**
 * Any of them: Unicode's format and default ignorable characters, as far as a text can hide behind
 * them. What chooses between the forms of an emoji is left out.
 */
export const FORMAT_CHARACTER =
  /[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]/;
