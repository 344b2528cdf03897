import groovy.json.JsonSlurper

// What differs between two runs of the same strategies; everything else is the same.
def comparable = { module, output ->
    def strategies = new JsonSlurper().parse(new File(basedir, "$module/target/$output/results.json")).strategies
    strategies.each {
        it.remove('timings')
        it.remove('resources')
        it.evidence.remove('leaseId')
        it.evidence.remove('instance')
    }
}
for (module in ['first', 'second']) {
    def alone = comparable(module, 't1')
    assert alone*.name == ["$module-never".toString(), "$module-swings".toString()]
    assert alone*.verdict == ['OK', 'OK']
    assert alone[1].trades.size() > 3
    assert comparable(module, 't4') == alone
}
def log = new File(basedir, 'build.log').text
assert log.count('skipped: there is no folder') == 2
assert !log.contains('not marked as @threadSafe')
