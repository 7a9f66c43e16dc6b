#!/bin/sh
# Pushes the built site to a branch of a git repository, as hosts of static pages want it.
#
#     publish-site.sh SITE REMOTE [BRANCH]        publish-site.sh out/site git@git.example:me/news.git pages
#
# The push is what makes it public: readers see the old site or the new one. A commit goes on top of what is there and
# nothing is forced, so when two publish at once one of them fails and runs again. The site's folder is only read.
# Exit codes: 0 published or nothing changed, 1 failed, 2 usage, 6 refused.
set -eu

refuse() { echo "refused: $1" >&2; exit 6; }

if [ $# -lt 2 ] || [ $# -gt 3 ]; then echo "usage: $0 SITE REMOTE [BRANCH]" >&2; exit 2; fi
remote=$2
branch=${3:-pages}
site=$(cd "$1" && pwd -P) || exit 1 # the folder that the link leads to: it stays what it is while this reads it
[ -s "$site/index.html" ] || refuse "$1 has no index.html: an empty site is not published"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git init -q "$work"
export GIT_DIR="$work/.git" GIT_WORK_TREE="$site" GIT_TERMINAL_PROMPT=0
git config core.autocrlf false
git config user.name "${GIT_AUTHOR_NAME:-digester}"
git config user.email "${GIT_AUTHOR_EMAIL:-digester@localhost}"

# 2 means that the remote answered and has no such branch; anything else that is not 0 is a remote that did not answer.
code=0
git ls-remote --exit-code --heads "$remote" "refs/heads/$branch" >/dev/null || code=$?
case $code in
    0)
        git fetch -q --depth 1 --no-tags "$remote" "refs/heads/$branch" || exit 1
        parent=$(git rev-parse FETCH_HEAD)
        ;;
    2) parent= ;;
    *) exit 1 ;;
esac
if [ -n "$parent" ] && ! git cat-file -e "$parent:.digester-site" 2>/dev/null; then
    refuse "branch $branch holds something else; name a branch of its own"
fi

git add --all --force -- .
for mark in .nojekyll .digester-site; do # the second one says whose branch this is
    blob=$(git hash-object -w --stdin </dev/null)
    [ -e "$site/$mark" ] || git update-index --add --cacheinfo "100644,$blob,$mark"
done
tree=$(git write-tree)
if [ -n "$parent" ] && [ "$tree" = "$(git rev-parse "$parent^{tree}")" ]; then
    echo "nothing changed"
    exit 0
fi
commit=$(git commit-tree ${parent:+-p "$parent"} -m "The site" "$tree")
git push -q "$remote" "$commit:refs/heads/$branch" || exit 1
echo "published $commit on $branch"
