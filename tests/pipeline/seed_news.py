"""One invented day of news: 21 articles of which 5 are rated 4 or 5, 26 posts of 13 people, 5 repositories, an episode.

Nothing here exists. Sources that tell of themselves are `labs`; the others report.
"""

from __future__ import annotations

SOURCES = (("tarn", "Tarn Labs", "labs"), ("wharf", "Wharf Compute", "labs"), ("gazette", "The Model Gazette", ""),
           ("stack", "Stack Harbour", ""), ("ledger", "Silicon Ledger", ""))  # fmt: skip

ARTICLES: tuple[tuple[str, str, str], ...] = (
    ("tarn", "Tarn Labs releases Corrie 4 with open weights",
     "Tarn Labs today releases Corrie 4, a language model of 46B parameters with open weights under Apache-2.0 and a context of 300,000 tokens. The hosted price is $0.35 per million input tokens, and the older Corrie 3 stays available until 30 November. On the lab's own set of 2,400 contract questions it answers 81% in full."),
    ("wharf", "Wharf opens its inference service to everyone",
     "Wharf Compute makes its inference service generally available in 12 regions, at $1.90 per hour for a card with 96 GB. Batch jobs that may wait for six hours cost 40% less. Accounts of the preview keep their old price until 1 August."),
    ("wharf", "Paged routing halves the memory of long prompts",
     "Wharf engineers describe paged routing, which keeps only the cache pages that a long prompt still reads and cuts memory by 52%. On 64 cards the p99 latency falls from 910 ms to 640 ms at the same throughput. The kernel is 1,300 lines long and is part of the service since March."),
    ("tarn", "What a judge model gets wrong in 9,000 answers",
     "Tarn Labs measured its judge model on 9,000 answers that three people had graded, and it agreed with them in 87% of cases. Accuracy drops to 61% where an answer is right for a wrong reason. The evaluation took 11 days, and the prompts are published."),
    ("gazette", "Poisoned notebook extension reads tokens of 3,100 developers",
     "A malicious notebook extension, Gridpad Plus, was installed 3,100 times before it was removed, and attackers read access tokens with it. Its authors ask everybody to rotate tokens made before 9 May and to update the extension. The breach was found by a user who saw 14 unknown addresses in a log."),
    ("gazette", "Fernlea ships a speech model for call centres",
     "Fernlea introduces a speech model for call centres that follows two speakers at once. It was trained on 19,000 hours of calls."),
    ("gazette", "Two universities publish a corpus of parliament speech",
     "Two universities release 7,400 hours of speech from eleven parliaments for training and evaluation. Transcripts were checked by hand for 300 of these hours."),
    ("gazette", "Osprey adds memory limits to its agent sandbox",
     "Osprey adds memory limits to its agent sandbox and ends a run that takes more than 8 GB. The change came after a benchmark of 120 office tasks in which one run in nine stalled."),
    ("gazette", "Library of Lanmoor opens 2 million scanned pages",
     "The Library of Lanmoor publishes 2 million scanned pages with their transcriptions. Training on them is allowed where the source is named."),
    ("stack", "Tessera 2.6 speeds up vector indexes on disk",
     "Tessera 2.6 is released and answers nearest-neighbour queries from disk in 7 ms at the median. Its memory use falls by a third against the version before."),
    ("stack", "How Kilnworks moved its ranking to smaller cards",
     "Kilnworks describes how it moved ranking from large cards to small ones and saved 28% of energy. The model was cut into four parts along its embedding tables."),
    ("stack", "Barley database gets a column type for embeddings",
     "The Barley database launches a column type for embeddings with up to 4,096 dimensions. Rows can be filtered before the search, which was not possible until now."),
    ("stack", "A compiler for small models on watches",
     "The Minnow project releases a compiler that fits models of 40M parameters on watches. A watch answers in 380 ms and needs no connection."),
    ("stack", "Grist adds traces of tool calls to its log viewer",
     "Grist releases a log viewer that draws the tool calls of an agent as a tree. It reads files of 50 GB without loading them."),
    ("stack", "Holm publishes its rules for rolling back models",
     "Holm publishes the rules by which it rolls back a model, and the 23 cases in which it did. In most of them latency had grown before accuracy fell."),
    ("ledger", "Ostrava Chip Works opens a second packaging line",
     "Ostrava Chip Works opens a second packaging line for inference chips and hires 240 people. The line makes 18,000 modules a month."),
    ("ledger", "Merrow cuts the price of its translation service",
     "Merrow cuts the price of its translation service to $4 per million characters. It adds nine languages, among them two that are written from right to left."),
    ("ledger", "Ostler sues Pallister over training pictures",
     "The picture agency Ostler sues Pallister over an image model. It says that the model was trained on 410,000 of its pictures."),
    ("ledger", "Greyfriars Cloud delays its data centre to next spring",
     "Greyfriars Cloud delays a data centre of 90 MW to next spring because its transformers are late. Customers are moved to two older sites."),
    ("ledger", "Ministry publishes a draft rule for synthetic voices",
     "The ministry publishes a draft rule for synthetic voices in advertisements and asks for comments until 20 June. Adverts would have to name the voice in the first 5 seconds."),
    ("tarn", "Corrie tokenizer gets 6,000 signs of old scripts",
     "Tarn Labs publishes a tokenizer with 6,000 additional signs of old scripts. Texts in these scripts become 45% shorter."),
)  # fmt: skip

PEOPLE = ("Ada Merriweather", "Bo Castellan", "Chidi Armand", "Dorte Vinge", "Emre Solak", "Fay Underhill", "Goran Petlura",
          "Hana Mirovic", "Ivo Santander", "June Halloway", "Kofi Brandt", "Lena Ostrow", "Mei Tarrant")  # fmt: skip
POSTS: tuple[str, ...] = (  # two a person, in their order
    "Corrie 4 answers my 50 tax questions better than its hosted rival and needs half the memory.",
    "We trained the same ranker five times, and the spread was larger than last quarter's launches.",
    "Our agent opened 212 bug reports last night; 9 of them were real.",
    "A judge model that agrees with itself in 70% of cases is a coin with a good accent.",
    "Moved a recommender from 8 cards to 3 this week by dropping one cross layer.",
    "Evaluation on yesterday's traffic finds more faults than our benchmark of 4,000 prompts.",
    "Tokens of the Gridpad extension are still valid at two vendors I asked today.",
    "Paged routing works for us as well: 48% less memory on prompts over 100,000 tokens.",
    "Semantic IDs collide less when the price is not part of the text, in our shop at least.",
    "The draft rule on voices has no word on podcasts, and that is where synthetic voices are.",
    "I counted: 31 of 40 agent failures this month began with a wrong date.",
    "Inference on small cards costs us 0.02 cents a request, measured over a week.",
    "Our new retrieval model is worse on every metric and better in the online test.",
    "Please publish the prompts of your evaluation; a score without prompts helps nobody.",
    "Reading 9,000 graded answers taught me more about our model than any leaderboard.",
    "A ranking team of four now ships weekly, because rollbacks take 6 minutes.",
    "The Barley column type saved us a second database and 300 lines of glue.",
    "Long context is no memory: the model still forgets what stood on page 12.",
    "Cold-start users of our app click 3 times more when the first screen is plain.",
    "Security review of agent tools found 17 that can write outside their folder.",
    "Quantization to 4 bits broke our Greek and nothing else.",
    "Watch models are real: my bus app now runs one of 40M parameters.",
    "We stopped A/B tests shorter than 14 days, since half of their winners lost later.",
    "An open corpus of parliament speech is the best news of the day for small languages.",
    "The cache of our feature store was the bottleneck, not the GPU.",
    "Fine-tuning on 800 good examples beat 20,000 scraped ones in our support bot.",
)

REPOSITORIES: tuple[tuple[str, str, str, int, int], ...] = (  # name, language, what it is, stars, stars of the day
    ("tarn/corrie", "Python", "Inference code and evaluation scripts of the language model Corrie 4.", 5210, 1930),
    ("grist/treelog", "Rust", "Log viewer that draws tool calls of agents as a tree.", 3120, 870),
    ("minnow/minnowc", "C++", "Compiler that fits small language models on watches.", 1480, 640),
    ("holm/rollback", "Go", "Rules and scripts for rolling back models in production.", 960, 310),
    ("barley/vectors", "SQL", "Examples for the embedding column of the Barley database.", 720, 205),
)  # fmt: skip

EPISODE = ("The Quiet Gradient 18: Rollbacks, with Signe Falk", "Signe Falk of Holm explains how models are rolled back.",
           "Signe Falk", "00:41:30")  # fmt: skip
TRANSCRIPT: tuple[tuple[str, str], ...] = (
    ("00:02:00", "Signe Falk: We roll back about twice a month, and each of the 23 cases is written down on one page. Most people expect accuracy to fall first, but it hardly ever does."),
    ("00:11:30", "Signe Falk: Latency grew first in 15 of the 23 cases, usually by 40 milliseconds over a day. So an alarm on latency is our earliest sign that a feature is broken."),
    ("00:24:10", "Signe Falk: A rollback takes 6 minutes because the old model stays loaded on every tenth machine. That costs us money every day, and it has paid for itself three times."),
    ("00:36:45", "Signe Falk: The rule I would keep if I had to drop all others is that nobody needs permission to roll back. We introduced it in 2024, and two of the best catches came from interns."),
)  # fmt: skip
