/** Preloaded into a measured process (--import): writes its peak resident memory to the file MIEN_BENCH_MEMORY names when it ends. */
import fs from 'node:fs';

process.on('exit', () => {
  // kilobytes on every platform, as libuv gives them
  fs.writeFileSync(process.env.MIEN_BENCH_MEMORY, JSON.stringify({ peakBytes: process.resourceUsage().maxRSS * 1024 }));
});
