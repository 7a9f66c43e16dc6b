"""Invented papers of three weeks, by the shape of each: (rating that the rubric gives, company, title, abstract).

Nothing here exists. A 5 runs in production somewhere named and has a signed business figure from live traffic; a 4 is
tested online or deployed without figure; a 3 is offline work on a live line with experiments.
"""

from __future__ import annotations

Row = tuple[int, str, str, str]

# --------------------------------------------------- 23 papers: 5 x 5, 10 x 4, 8 x 3; six generative, six with online A/B
CENSUS: tuple[Row, ...] = (
    (5, "Velmora", "QuillRec: Generative Recommendation with Append-Only Codes for Recipe Videos",
     "Existing generative recommendation models suffer whenever the catalogue grows, because they retrain their whole vocabulary and old codes lose their meaning. We present QuillRec, a decoder for generative recommendation that appends new codes to a frozen vocabulary and distils the old decoder into the new one. In a 14-day online A/B test on 10% of traffic, QuillRec improves CTR by 1.6% and watch time by 0.7%. QuillRec is deployed at Velmora for all users."),
    (5, "Dunmere", "PebbleGen: Constrained Decoding for Generative Recommendation in Grocery Baskets",
     "Conventional generative recommendation ignores stock while it decodes and wastes most beams on items that nobody can buy. We propose PebbleGen, which prunes the prefix tree by live stock before each decoding step and so spends every beam on an item that can be bought. In an online A/B test over three weeks, PebbleGen increases order volume by 1.1% and GMV by 0.9%. PebbleGen is deployed at Dunmere in all cities."),
    (5, "Sorrelby", "TideFormer: Long User Behavior Sequences as Weekly Summaries",
     "Existing rankers truncate long user behavior sequences to the latest few hundred events and lose interests that return once a season. We introduce TideFormer, which compresses each week of events into one learned summary token and attends over five years of them. In a two-week online A/B test, TideFormer lifts CVR by 0.8% and retention by up to 0.3%. TideFormer is deployed at Sorrelby on the home page."),
    (5, "Kestwick", "BrassBid: Budget Pacing for Advertising Auctions from Hourly Forecasts",
     "Traditional budget pacing reacts to the spend of the last minutes and fails on mornings with cheap traffic, when it overspends. We develop BrassBid, an auto-bidding controller that plans the advertising budget of a day against hourly forecasts and corrects the plan every ten minutes. In an online A/B test split by campaign, BrassBid improves ROI by 2.3% and revenue by 1.2%. BrassBid is deployed at Kestwick for every advertiser."),
    (5, "Ombrell", "LatticeRank: Multi-Objective Ranking with Exchange Rates between Goals",
     "Existing multi-objective ranking sums the scores of its goals with weights that somebody tunes by hand every month. We present LatticeRank, a multi-objective ranker that learns exchange rates between goals from sessions in which users had to choose. In an online A/B test with 5% of users, LatticeRank raises session length by 1.4% and reduces complaints by 6.0%. LatticeRank is deployed at Ombrell since spring."),
    (4, "Harrowgate Live", "FernSID: Generative Recommendation with Semantic IDs that Follow a Live Stream",
     "Existing generative recommendation assigns Semantic IDs once, although a live stream changes its subject several times an hour. We propose FernSID, which re-encodes a stream every ten minutes and moves it in the code tree only when its neighbours change. We test FernSID in an online A/B test at Harrowgate Live; the report states that viewers stay longer and gives no numbers. Experiments on an open log of streams support the design for generative recommendation."),
    (4, "Lindquay", "OneShelf: A Unified Generative Recommendation Model for Search and Feed",
     "Conventional platforms train one model for the search page and another for the feed, so what a user asks never reaches what the user is shown. We introduce OneShelf, a generative recommendation model that shares one decoder between both surfaces and marks each with a prompt token. OneShelf is deployed at Lindquay on both surfaces. Its authors describe generative recommendation as cheaper to run than two models."),
    (4, "Parvane", "DriftGate: Gated Memory for Lifelong User Histories",
     "Existing memory networks for lifelong user histories write every click and forget by age alone. We design DriftGate, a gated memory that writes an event only when it surprises the model and forgets by disuse. Ablation experiments show that half of the writes can be skipped. DriftGate is deployed at Parvane for long user behavior sequences of audio listeners."),
    (4, "Brackwater", "SpanCache: Serving Long User Behavior Sequences without Recomputation",
     "Current rankers encode long user behavior sequences again for every request, although most events have not changed since the last one. We describe SpanCache, which stores the attention state of closed sessions and merges it with the open one at request time. Experiments compare it with full recomputation. SpanCache is deployed at Brackwater for all listing pages."),
    (4, "Tolluven", "ReserveNet: Advertising Auctions with Learned Reserve Prices per Surface",
     "Conventional advertising auctions use one reserve price for every surface, so weak positions stay empty. We present ReserveNet, which learns a reserve price per surface from bids that lost. ReserveNet is deployed at Tolluven in its advertising auctions on nine surfaces. Experiments on replayed logs explain the choice of features."),
    (4, "Gullhaven", "AdWeft: Joint Creative Selection and CTR Prediction for Advertising",
     "Existing advertising systems choose a creative first and overlook what the rejected creatives would have earned. We propose AdWeft, which scores all creatives of an ad in one pass and shares the user encoder among them. AdWeft is deployed at Gullhaven in the advertising stack of its classifieds. Experiments cover three product categories."),
    (4, "Maribray", "TwinGoal: Multi-Task Ranking with Separate Optimisers per Head",
     "Traditional multi-task ranking shares one optimiser among all heads, so a head with rare labels is drowned by the others. We introduce TwinGoal, in which every head of the multi-task ranker keeps its own optimiser state and step size. TwinGoal is deployed at Maribray for hotel search ranking. Experiments with five heads show stable training."),
    (4, "Osterly", "HingeMix: Multi-Task Ranking of Courses with a Shared Calibration Layer",
     "Existing multi-task ranking calibrates every head by itself, which breaks the order between courses of different length. We propose HingeMix, a shared calibration layer behind all heads of the multi-task ranker. HingeMix is deployed at Osterly for course recommendation. Experiments on two catalogues compare four calibration layers."),
    (4, "Quenby", "SeedBank: Cold-Start Items from the Language of Their Sellers",
     "Existing cold-start methods wait for the first hundred clicks before an item can be ranked. We present SeedBank, which builds the embedding of a cold-start item from the words its seller used for earlier items. SeedBank is deployed at Quenby for second-hand recommendation. Experiments on cold-start items of four categories accompany it."),
    (4, "Wrenfield", "FirstDays: Cold-Start Users through Regional Routines",
     "Conventional cold-start recommendation shows new users what is popular in the whole country. We introduce FirstDays, which places a cold-start user among the hourly routines of the region until ten events are known. FirstDays is deployed at Wrenfield for news recommendation. Experiments follow users over thirty days."),
    (3, "", "CodeMoss: Collision-Aware Tokenization for Generative Recommendation",
     "Existing tokenizers for generative recommendation give different items the same code and leave the rest to the decoder. We propose CodeMoss, a tokenizer that spends extra digits only where codes collide. Experiments on three public datasets show that CodeMoss outperforms residual quantization for generative recommendation with the same code length."),
    (3, "", "BeamSieve: Calibrated Beam Search for Generative Recommendation",
     "Conventional beam search in generative recommendation prefers items with frequent prefixes. We study BeamSieve, a calibrated beam search that divides by the prior of each prefix. Extensive experiments on public datasets and ablation studies show higher recall of rare items in generative recommendation."),
    (3, "", "SlowFast Memory for Long User Behavior Sequences",
     "Existing encoders of long user behavior sequences update all parameters at the same pace. We propose a memory of two speeds for long user behavior sequences, in which slow slots change once a day and fast slots at every event. Experiments on two public datasets with ablation show gains over strong baselines, and the code is publicly available."),
    (3, "", "RingIndex: Hashing Long User Behavior Sequences by Season",
     "Current search over long user behavior sequences hashes events by content and ignores when they recur. We present RingIndex, which hashes long user behavior sequences by season and content together. Experiments on public datasets show that RingIndex outperforms content hashing, with an ablation of both parts."),
    (3, "", "PaceLab: Auto-Bidding under Advertising Budgets that Change at Noon",
     "Existing auto-bidding assumes that the advertising budget of a campaign is fixed in the morning. We formulate auto-bidding with budgets that change during the day and solve it by reinforcement learning. Experiments on an industrial dataset of campaigns outperform strong baselines with fewer violations of the advertising budget, and the code is publicly available."),
    (3, "", "KnotLoss: Conflicting Gradients in Multi-Task Ranking",
     "Existing multi-task ranking projects conflicting gradients at every step, which is slow. We propose KnotLoss, which learns once an hour which heads of the multi-task ranker conflict. Experiments on three public datasets show that KnotLoss outperforms projection, with code and ablation for multi-task recommendation."),
    (3, "", "GraftNet: Cold-Start Embeddings by Grafting Categories",
     "Conventional cold-start embeddings average the category of an item and forget its brand. We present GraftNet, which grafts the embedding of a cold-start item onto its nearest brand inside the category. Experiments on an industrial dataset show that GraftNet outperforms averaging for cold-start recommendation, and the code is publicly available."),
    (3, "", "Borrowed Clicks: Cold-Start Recommendation from Neighbouring Shops",
     "Existing cold-start recommendation learns every shop alone. We study which clicks a cold-start shop can borrow from its neighbours and when borrowing hurts. Extensive experiments on an industrial dataset show that the distance between catalogues decides, for cold-start recommendation of small shops; the code is publicly available."),
)  # fmt: skip

# -------------------------------- five companies with online figures in three themes of three papers; one figure is hedged
COMPANIES: tuple[Row, ...] = (
    (5, "Velmora", "CairnGraph: Graph Neural Retrieval Built and Served as One System",
     "Existing graph neural retrieval systems build the graph, train on it and serve from it in separate steps and ignore what the next step can hold. We present CairnGraph, which chooses the edges of the graph by what the serving index can hold and trains the graph neural encoder on exactly these. In an online A/B test over two weeks, CairnGraph improves CTR by 0.9% and CVR by 2.1% in candidate retrieval. CairnGraph is deployed at Velmora for all users."),
    (4, "Pellworth", "EdgeThrift: Graph Neural Recommendation with a Budget for Neighbours",
     "Current graph neural recommendation samples the same number of neighbours for every user, whether they help or not. We introduce EdgeThrift, which learns a budget of neighbours per user for graph neural recommendation and stops sampling when the budget is spent. EdgeThrift is deployed at Pellworth in item recommendation. Experiments show where fewer neighbours are enough."),
    (3, "", "Quiet Edges: Denoising Graph Neural Recommendation without Labels",
     "Existing graph neural recommendation trusts every click as an edge. We propose to learn which edges of a graph neural recommender are quiet, that is, change no neighbour's ranking when they are removed. Experiments on an industrial dataset show that graph neural recommendation without quiet edges is as accurate and smaller, and the code is publicly available."),
    (5, "Sorrelby", "AtlasSeq: Long User Behavior Sequences in Travel Search Ranking",
     "Existing travel search ranking is limited to short histories, although people travel twice a year and plan for months. We introduce AtlasSeq, a transformer for sparse and long user behavior sequences that skips the silent months by learned time gaps. In a four-week online A/B test on 20% of traffic, AtlasSeq increases bookings by up to 1.3%. AtlasSeq is deployed at Sorrelby in search."),
    (5, "Kestwick", "LoomQuery: Long User Behavior Sequences for Query Recommendation in Video",
     "Conventional query recommendation on video pages ignores what a user watched before and suggests what everyone asks. We present LoomQuery, which reads long user behavior sequences of watched videos and writes the next query with a small decoder. In an online A/B test for 21 days, LoomQuery lifts GMV by 1.7% and query CTR by 2.4%. LoomQuery is deployed at Kestwick below every video."),
    (3, "", "Sketches of Years: Compressing Long User Behavior Sequences",
     "Existing compression of long user behavior sequences keeps what is recent. We study sketches that keep what is rare, and merge them by season. Experiments on two public datasets show that sketches of long user behavior sequences outperform truncation at the same size, and an ablation separates rarity from season."),
    (5, "Dunmere", "HalyardRank: Multi-Task Ranking inside One Transformer",
     "Existing multi-task ranking suffers from separate towers, in which the tasks meet only as gradients. We propose HalyardRank, a transformer in which each task of the multi-task ranker owns channels and gradients are isolated between them. In an online A/B test, HalyardRank improves CTR by 1.2% and CVR by 0.6%. HalyardRank is deployed at Dunmere in shopping search ranking."),
    (5, "Ombrell", "ChordList: Multi-Objective Re-Ranking for Music Recommendation",
     "Traditional multi-objective re-ranking scores songs one by one and overlooks that a list repeats itself. We introduce ChordList, which reads the whole list through one summary token and scores all objectives of the multi-objective re-ranker from it. In an online A/B test with 10% of users, ChordList raises listening time by 0.5% and reduces skip rate by 4.4%. ChordList is deployed at Ombrell in daily mixes."),
    (3, "", "Which Task Owns the Token? Probing Multi-Task Ranking Transformers",
     "Existing multi-task ranking transformers are judged by their scores alone. We probe which task owns which token and find that two tasks of a multi-task ranker often fight for one. Experiments on public datasets with ablation show that separating them improves multi-task recommendation over strong baselines."),
)  # fmt: skip

# -------------------------------------------- five papers of one theme from different sides, four of another; two threads
THREADS: tuple[Row, ...] = (
    (5, "Velmora", "RewardInk: Post-Training Generative Recommendation with Weighted Sessions",
     "Existing generative recommendation is trained to repeat what users did and ignores what they were glad of. We present RewardInk, a post-training step for generative recommendation that weights each session by its later return visits. In an online A/B test over two weeks, RewardInk improves retention by 0.4% and watch time by 1.1%. RewardInk is deployed at Velmora for all users."),
    (5, "Sorrelby", "HalfStep: Generative Recommendation with Paired Action Tokens",
     "Conventional generative recommendation writes an item and its action as two tokens, which doubles the sequence. We propose HalfStep, an attention for generative recommendation that folds the action into the item token. In an online A/B test, HalfStep increases CTR by 0.8% and lowers p99 latency by 21%. HalfStep is deployed at Sorrelby in the feed."),
    (4, "Lindquay", "EightBits: Low-Precision Serving of Generative Recommendation",
     "Current generative recommendation serves decoders in sixteen bits because eight bits change the order of items. We design EightBits, which keeps the first decoding step in sixteen bits and quantizes all others. EightBits is deployed at Lindquay for generative recommendation of videos. Experiments report latency by step."),
    (4, "Gullhaven", "PlainTrees: A Differentiable Index for Generative Recommendation of Rare Items",
     "Existing generative recommendation learns from an index that was built before training, and rare items stay where they were put. We introduce PlainTrees, an index for generative recommendation whose branches move during training. PlainTrees is deployed at Gullhaven in category pages. Experiments show what happens to rare items."),
    (3, "", "Fair Prefixes: Exposure of Creators in Generative Recommendation",
     "Existing generative recommendation shares prefixes among items, so one popular creator pulls up the neighbours. We propose fair prefixes, a penalty on the exposure of a prefix in generative recommendation. Experiments on three public datasets with ablation show more even exposure at equal accuracy over strong baselines."),
    (4, "Dunmere", "CheckStep: Agents that Verify Their Reasoning before They Recommend",
     "Existing recommendation agents suffer from single-pass reasoning, in which an early mistake is never seen again. We present CheckStep, which inserts a verification step into the reasoning of a shopping agent. CheckStep is deployed at Dunmere in its shopping agent. Experiments count the steps that agents repeat before a recommendation."),
    (4, "Ombrell", "ScoutTeam: Several Agents in Place of a Recommendation List",
     "Traditional recommendation agents are limited by single-pass reasoning and answer a vague wish with twenty items. We introduce ScoutTeam, which sends several agents through a catalogue and lets a verification step choose one short report. ScoutTeam is deployed at Ombrell for gift search with agents. Experiments compare reports of agents with recommendation lists."),
    (3, "", "Three Sides: Agents that Balance Users, Creators and Platforms in Recommendation",
     "Existing recommendation agents speak for the user alone. We propose agents for users, creators and the platform that bargain about each list with an exchange of offers. Experiments on an industrial dataset show that bargaining agents outperform a single reasoning agent in cold-start recommendation of creators, and the code is publicly available."),
    (3, "", "ToolPick: Recommendation Agents that Choose When to Search",
     "Existing recommendation agents call every tool in a fixed order. We study ToolPick, which trains an agent by reinforcement learning to decide when to search, when to ask and when to answer. Experiments on an industrial dataset show that the agent outperforms fixed orders of reasoning in recommendation with fewer calls, and the code is publicly available."),
)  # fmt: skip
