// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.0;

/// Pays on what it is sent.
contract Passer {
    function pass(address payable to) public payable {
        (bool done, ) = to.call{value: msg.value}("");
        require(done);
    }

    receive() external payable {}

    function end(address payable to) public {
        selfdestruct(to);
    }
}

/// Calls a passer and then fails: the payment below carries no error of its own, and is undone.
contract Failer {
    function attempt(Passer passer, address payable to) public payable {
        (bool done, ) = address(this).call{value: 0}(
            abi.encodeCall(this.within, (passer, to, msg.value))
        );
        require(!done);
    }

    function within(Passer passer, address payable to, uint256 value) public {
        passer.pass{value: value}(to);
        revert("undone");
    }
}
