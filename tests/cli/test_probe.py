from tests.servers.newsroom import *
def test_a(made): 
    print(made("status").out); print(made.json("run","ai-daily","--date","2026-06-20"))
def test_b(collected): 
    d=collected("run","ai-daily","--date","2026-06-20"); print(d.out, d.err, d.code)
def test_c(collected): 
    d=collected("-v", "run","rec-weekly","--date","2026-W25"); print(d.out, d.err[-1000:], d.code)
def test_d(collected): 
    d=collected("collect"); print(d.out, d.err, d.code)
