import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Studio } from './launchStudio';

interface Finding {
  readonly id: string;
  readonly impact: string | null | undefined;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}
interface Axe {
  run(context: Document | Element, options: unknown): Promise<{ violations: Finding[]; passes: unknown[] }>;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** axe in the page, through the debugger: the page's own policy stays as strict as it ships. */
export async function withAxe({ page }: Studio): Promise<void> {
  await page.evaluate(axeSource);
}

/** Serious findings as lines a person can act on; throws when axe checked next to nothing. */
export async function seriousFindings({ page }: Studio, selector = 'html'): Promise<string[]> {
  const { violations, passed } = await page.evaluate(async (within) => {
    // A dialog that still fades in has half of its contrast; spinners never end.
    const entering = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(entering.map(({ finished }) => finished));
    const axe = (window as unknown as { axe: Axe }).axe;
    const result = await axe.run(document.querySelector(within)!, { resultTypes: ['violations'] });
    return { violations: result.violations, passed: result.passes.length };
  }, selector);
  expect(passed, `rules that axe could apply to ${selector}`).toBeGreaterThan(5);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 5).map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}
