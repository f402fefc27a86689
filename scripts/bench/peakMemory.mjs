/** Preloaded into a measured process (--import): writes its peak resident memory and processor time to the file MIEN_BENCH_MEMORY names when it ends. */
import fs from 'node:fs';

process.on('exit', () => {
  // microseconds, and kilobytes on every platform, as libuv gives them
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  fs.writeFileSync(
    process.env.MIEN_BENCH_MEMORY,
    JSON.stringify({ peakBytes: maxRSS * 1024, processorSeconds: (userCPUTime + systemCPUTime) / 1e6 }),
  );
});
