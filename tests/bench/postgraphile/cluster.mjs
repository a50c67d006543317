// The same server in as many processes as the second argument says.
import cluster from "node:cluster";

const processes = Number(process.argv[3] ?? 1);
if (cluster.isPrimary && processes > 1) for (let each = 0; each < processes; each++) cluster.fork();
else await import("./server.mjs");
